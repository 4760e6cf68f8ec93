/** Presentation that a drawing needs to look the same without our stylesheet. */
const KEPT_STYLES = [
  ...[
    'fill',
    'fill-opacity',
    'stroke',
    'stroke-width',
    'stroke-dasharray',
    'stroke-opacity',
    'stroke-linecap',
  ],
  ...['opacity', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'display'],
];
const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 16;
const TITLE_PX = 15;
const TEXT_PX = 12;
const LEGEND_ROW_PX = 22;
const FONT =
  '"IBM Plex Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", system-ui, sans-serif';
const PNG_SCALE = 2;
const LARGEST_PNG_PX = 8_192;

export interface PictureWords {
  readonly title: string;
  readonly subtitle: string;
}

/** The drawings of a part of the page as one self-contained file: colours resolved, with title and legend. */
export function svgOf(part: HTMLElement, words: PictureWords): SVGSVGElement {
  const look = getComputedStyle(part);
  const drawings = [...part.querySelectorAll<SVGSVGElement>('.lp-tl-chart svg')];
  const width = Math.max(320, ...drawings.map((drawing) => drawing.clientWidth)) + 2 * MARGIN;
  const root = make('svg', { xmlns: SVG, role: 'img', 'font-family': FONT });
  const title = make('title');
  title.textContent = `${words.title} · ${words.subtitle}`;
  const paper = make('rect', { width: '100%', height: '100%', fill: paperOf(part) });
  root.append(title, paper);
  let top = MARGIN + TITLE_PX;
  root.append(textAt(MARGIN, top, words.title, { size: TITLE_PX, weight: 600, colour: look.color }));
  top += TEXT_PX + 8;
  root.append(textAt(MARGIN, top, words.subtitle, { size: TEXT_PX, colour: look.color }));
  top += 12;
  for (const drawing of drawings) {
    const group = make('g', { transform: `translate(${MARGIN} ${top})` });
    group.append(...[...drawing.children].map(resolved));
    root.append(group);
    top += drawing.height.baseVal.value;
  }
  top = addLegend(root, part, { top: top + 14, width, colour: look.color });
  const height = Math.ceil(top + MARGIN);
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    root.setAttribute(name, String(value));
  return root;
}

function addLegend(
  root: SVGSVGElement,
  part: HTMLElement,
  { top, width, colour }: { top: number; width: number; colour: string },
): number {
  let x = MARGIN;
  let y = top;
  for (const item of part.querySelectorAll('.lp-tl-legend li')) {
    const sample = item.querySelector('svg');
    const label = item.textContent ?? '';
    const itemWidth =
      30 + (item.querySelector('span')?.getBoundingClientRect().width ?? label.length * 7) + 16;
    if (x + itemWidth > width - MARGIN && x > MARGIN) {
      x = MARGIN;
      y += LEGEND_ROW_PX;
    }
    if (sample !== null) {
      const left = sample.viewBox.baseVal?.x ?? 0;
      const above = (sample.height.baseVal.value - 13) / 2;
      const group = make('g', { transform: `translate(${x - left} ${y - above})` });
      group.append(...[...sample.children].map(resolved));
      root.append(group);
    }
    root.append(textAt(x + 28, y + 11, label, { size: TEXT_PX, colour }));
    x += itemWidth;
  }
  return y + LEGEND_ROW_PX;
}

/** A copy whose look is written down in it. */
function resolved(element: Element): Element {
  const copy = element.cloneNode(false) as Element;
  const look = getComputedStyle(element);
  for (const attribute of [...copy.attributes])
    if (/^(class|style|data-|aria-)/.test(attribute.name)) copy.removeAttribute(attribute.name);
  for (const name of KEPT_STYLES) {
    const value = look.getPropertyValue(name);
    if (value !== '') copy.setAttribute(name, value);
  }
  for (const child of element.childNodes)
    copy.append(child instanceof Element ? resolved(child) : child.cloneNode());
  return copy;
}

function paperOf(element: Element): string {
  for (let one: Element | null = element; one !== null; one = one.parentElement) {
    const { backgroundColor } = getComputedStyle(one);
    if (!/^(transparent|rgba\(0, 0, 0, 0\))$/.test(backgroundColor)) return backgroundColor;
  }
  return '#ffffff';
}

function make<K extends 'svg' | 'g' | 'text' | 'rect' | 'title'>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    if (key !== 'xmlns') element.setAttribute(key, value);
  return element;
}

function textAt(
  x: number,
  y: number,
  text: string,
  { size, colour, weight = 400 }: { size: number; colour: string; weight?: number },
): SVGTextElement {
  const element = make('text', {
    x: String(x),
    y: String(y),
    fill: colour,
    'font-size': `${size}px`,
    'font-weight': String(weight),
  });
  element.textContent = text;
  return element;
}

export function textOfSvg(svg: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(svg);
}

/** @throws {Error} where the browser can't draw it */
export async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.viewBox.baseVal;
  const scale = Math.min(PNG_SCALE, LARGEST_PNG_PX / Math.max(width, height));
  const image = new Image();
  // The page's policy allows pictures as data, and none from elsewhere.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOfSvg(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is empty'))), 'image/png');
  });
}

export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
