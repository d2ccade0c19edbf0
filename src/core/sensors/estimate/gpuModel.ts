/**
 * Idle power of a GPU as a share of its full power: Cloud Carbon Footprint's figures of A100 (46 of 407 W), V100 (35 of
 * 306 W) and T4 (8 of 71 W) all give it (cloudcarbonfootprint.org/docs/methodology, Apache-2.0).
 */
export const GPU_IDLE_SHARE = 0.11;

/**
 * Power of a GPU of which only the load is known, watts: linear between idle and full.
 *
 * @param busyShare share of the time in which it did anything, 0 to 1, which is what drivers call utilisation
 */
export function gpuWatts(fullWatts: number, busyShare: number): number {
  return fullWatts * (GPU_IDLE_SHARE + (1 - GPU_IDLE_SHARE) * busyShare);
}

/**
 * Typical board power of AMD cards, watts, by PCI device and revision. Names by revision: libdrm's amdgpu.ids; powers:
 * the vendor's product pages (amd.com, Specifications, "Typical Board Power" or "Peak Power"). An MI250X is two devices
 * of half its 500 W.
 */
const AMD_BOARD_WATTS: Readonly<Record<string, number>> = {
  '66af:c1': 300, // Radeon VII
  '687f:c1': 295, // RX Vega 64
  '687f:c3': 210, // RX Vega 56
  '731f:c4': 180, // RX 5700
  '731f:ca': 150, // RX 5600 XT
  '7340:c5': 130, // RX 5500 XT
  '738c:01': 300, // Instinct MI100
  '73a5:c0': 335, // RX 6950 XT
  '73bf:c0': 300, // RX 6900 XT
  '73bf:c1': 300, // RX 6800 XT
  '73bf:c3': 250, // RX 6800
  '73df:c0': 250, // RX 6750 XT
  '73df:c1': 230, // RX 6700 XT
  '73ef:c1': 180, // RX 6650 XT
  '73ff:c1': 160, // RX 6600 XT
  '73ff:c7': 132, // RX 6600
  '7408:00': 250, // Instinct MI250X, one of two
  '740f:02': 300, // Instinct MI210
  '744c:c8': 355, // RX 7900 XTX
  '744c:cc': 315, // RX 7900 XT
};

/** @param device and revision as sysfs has them: `0x73bf`, `0xc1`. @returns null where the card is not in the table */
export function amdBoardWatts(device: string, revision: string): number | null {
  const key = `${device.replace(/^0x/, '')}:${revision.replace(/^0x/, '')}`.toLowerCase();
  return Object.hasOwn(AMD_BOARD_WATTS, key) ? (AMD_BOARD_WATTS[key] ?? null) : null;
}
