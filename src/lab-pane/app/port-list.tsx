import { useId, useRef } from 'preact/hooks';
import type { LabPort } from '#contract/preview.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import type { PreviewController } from './preview-controller.ts';
import type { AppTexts } from './texts.ts';
import { useFocusKept } from './use-focus-kept.ts';

interface PortListProps {
  readonly preview: PreviewController;
  readonly texts: AppTexts;
}

/** What the swarm publishes, by node, and a way to any other port. */
export function PortList({ preview, texts }: PortListProps) {
  const { lab } = usePane();
  const ports = lab.model.value.ports;
  const nodes = (lab.session.value?.nodes ?? []).filter((name) => ports.some(({ node }) => node === name));
  const words = texts.ports;
  const choice = useRef<HTMLDivElement>(null);
  useFocusKept(choice);
  return (
    <div class="lp-app-choice" ref={choice}>
      <h3>{words.title}</h3>
      {nodes.length === 0 ? (
        <p class="lp-quiet">
          {words.none} <RichText text={words.how} />
        </p>
      ) : (
        nodes.map((node) => (
          <ul key={node} class="lp-app-ports" aria-label={node}>
            {ports
              .filter((port) => port.node === node)
              .map((port) => (
                <li key={port.port}>
                  <PortRow port={port} preview={preview} texts={texts} />
                </li>
              ))}
          </ul>
        ))
      )}
      <OtherPort preview={preview} texts={texts} />
    </div>
  );
}

function PortRow({ port, preview, texts }: PortListProps & { readonly port: LabPort }) {
  const { power } = usePane();
  const { node, service, mode } = port;
  const condition = power.condition(node);
  const state = condition === 'on' ? port.state : condition;
  const said = texts.ports.states[state];
  const address = `${node}:${port.port}`;
  const parts = (
    <>
      <span class="lp-app-address">{address}</span>
      <span class="lp-app-service">
        {service}
        {mode === 'ingress' && <span class="lp-extra">{texts.ports.ingress}</span>}
      </span>
      <span class="lp-app-state" data-state={state}>
        {said}
      </span>
    </>
  );
  if (condition !== 'on' || state === 'unrouted') return <div class="lp-app-port">{parts}</div>;
  return (
    <button
      type="button"
      class="lp-app-port"
      aria-label={texts.ports.open(address, service, said)}
      onClick={() => preview.open({ node, port: port.port })}
    >
      {parts}
    </button>
  );
}

function OtherPort({ preview, texts }: PortListProps) {
  const { lab, power } = usePane();
  const { nodes = [] } = lab.session.value ?? {};
  const words = texts.other;
  const nodeField = useId();
  const portField = useId();
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const filled = new FormData(event.currentTarget as HTMLFormElement);
    const port = Number(filled.get('port'));
    if (Number.isInteger(port)) preview.open({ node: String(filled.get('node')), port });
  };
  return (
    <form class="lp-app-other" onSubmit={onSubmit}>
      <h3>{words.title}</h3>
      <p class="lp-quiet">
        <RichText text={words.help} />
      </p>
      <label for={nodeField}>{words.node}</label>
      <select id={nodeField} name="node" class="lp-app-field">
        {nodes.map((node) => (
          <option key={node} value={node} disabled={power.condition(node) !== 'on'}>
            {node}
          </option>
        ))}
      </select>
      <label for={portField}>{words.port}</label>
      <input
        id={portField}
        name="port"
        class="lp-app-field"
        type="number"
        inputMode="numeric"
        required
        min={1}
        max={65_535}
        step={1}
        placeholder="8080"
      />
      <button type="submit" class="lp-button">
        {words.open}
      </button>
    </form>
  );
}
