import { useSight } from '../sight-context.ts';

/** What the learner's swarm publishes. */
export function WatchedPorts() {
  const { sight, texts } = useSight();
  const { ports } = sight.model.value;
  return (
    <section class="wt-part" aria-labelledby="wt-ports">
      <h3 id="wt-ports">{texts.ports}</h3>
      {ports.length === 0 ? (
        <p class="fm-quiet">{texts.noPorts}</p>
      ) : (
        <ul class="wt-ports">
          {ports.map(({ node, port, service, state }) => (
            <li key={`${node} ${port}`}>
              <code>
                {node}:{port}
              </code>
              <span>{service}</span>
              <span class="fm-quiet">{texts.portStates[state]}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
