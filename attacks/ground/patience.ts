/** Factor on deadlines, for machines that are slow and not wrong, as emulated ones are. Limits of the product stay. */
const FACTOR = Math.max(1, Number(process.env['ROLLOUT_LAB_PATIENCE']) || 1);

export function patiently(ms: number): number {
  return ms * FACTOR;
}
