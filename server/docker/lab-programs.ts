/** Programs of the node image, run there as the node's real root. */
export const TERMINAL = '/opt/rollout-lab/bin/terminal';
export const LAB_ENTER = '/opt/rollout-lab/bin/lab-enter';
