/** Student's t for a two-sided 80 % interval, by degrees of freedom from 1 on; 1.282 is the normal's. */
const T80 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372];

export const NORMAL80 = 1.282;

/** Half a two-sided 80 % interval, in deviations. */
export function t80(degreesOfFreedom: number): number {
  return T80[Math.max(1, Math.floor(degreesOfFreedom)) - 1] ?? NORMAL80;
}
