import { Icon, type IconName } from './icon.tsx';

interface ToolButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly class?: string;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  /** Said beside the icon where the pane is wide enough; part of the label. */
  readonly word?: string;
}

export function ToolButton(props: ToolButtonProps) {
  return (
    <button
      type="button"
      class={`lp-tool ${props.class ?? ''}`}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
      {props.word && <span class="lp-tool-label">{props.word}</span>}
    </button>
  );
}
