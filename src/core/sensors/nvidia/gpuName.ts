/** Longer ones are no names. */
const MOST_CHARACTERS = 60;

/**
 * How a GPU is named to people, and by every sensor of NVIDIA's GPUs the same: `NVIDIA H100 80GB HBM3 #0`.
 *
 * @param index NVIDIA's own number of it
 */
export function gpuName(model: string, index: number): string {
  const name = model.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ').replaceAll(/ +/g, ' ');
  return `${name.trim().slice(0, MOST_CHARACTERS).trim() || 'NVIDIA GPU'} #${index}`;
}

/** A GPU's or MIG device's own number (NVML, nvmlDeviceGetUUID); null where the text is none. */
export function uuidOf(text: string): string | null {
  return /^(GPU|MIG)-[\w/-]{1,90}$/.test(text) ? text : null;
}
