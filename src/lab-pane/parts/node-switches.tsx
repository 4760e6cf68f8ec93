/** The switches of one node, where the lab has them: shown on the map beside the node's name. */
export function NodeSwitches(_props: { readonly node: string }) {
  return null;
}
