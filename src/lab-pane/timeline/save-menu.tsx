import { Menu, MenuButton } from '../parts/menu.tsx';
import { type PictureWords, pngOf, saveFile, svgOf, textOfSvg } from './export-picture.ts';
import type { TimelineTexts } from './texts.ts';

interface SaveMenuProps {
  readonly texts: TimelineTexts;
  /** What is drawn; `null` while it is not. */
  readonly part: () => HTMLElement | null;
  readonly words: PictureWords;
  readonly fileName: string;
  readonly log: () => string;
  readonly onSaid: (text: string) => void;
}

type Format = 'svg' | 'png' | 'text';

/** The timeline as a file. */
export function SaveMenu({ texts, part, words, fileName, log, onSaid }: SaveMenuProps) {
  const save = async (format: Format): Promise<void> => {
    try {
      await saveAs(format);
      onSaid(texts.saved);
    } catch {
      onSaid(texts.saveFailed);
    }
  };
  const saveAs = async (format: Format): Promise<void> => {
    if (format === 'text') {
      saveFile(
        new Blob([`${words.title}\n${words.subtitle}\n\n${log()}`], { type: 'text/plain;charset=utf-8' }),
        `${fileName}.txt`,
      );
      return;
    }
    const shown = part();
    if (shown === null) throw new Error('nothing is drawn');
    const svg = svgOf(shown, words);
    if (format === 'png') saveFile(await pngOf(svg), `${fileName}.png`);
    else saveFile(new Blob([textOfSvg(svg)], { type: 'image/svg+xml;charset=utf-8' }), `${fileName}.svg`);
  };
  return (
    <Menu label={texts.save} icon="save" class="lp-tl-save">
      {(close) =>
        (['svg', 'png', 'text'] as const)
          .filter((format) => format === 'text' || part() !== null)
          .map((format) => (
            <MenuButton
              key={format}
              label={texts.saveAs[format]}
              close={close}
              onClick={() => void save(format)}
            />
          ))
      }
    </Menu>
  );
}
