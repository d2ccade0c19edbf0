/** The user `nobody` of practically every Linux: has no right to anything that is not for everybody. */
const NOBODY = 65534;

/** Gives up root's rights for good, for root may read and write everything. Others keep what they have. */
export function becomeNobody(): void {
  if (process.getuid?.() !== 0) return;
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
