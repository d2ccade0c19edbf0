/** What it answers; null where that takes longer. What it throws is thrown. */
export async function within<T>(answer: Promise<T>, millis: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), millis)));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
