/**
 * A pure function of a text that keeps its last answers: what one request asks of a name it asks several times, and an import of
 * the same names again and again. The answers are shared, so nobody changes them.
 */
export function remember<T>(most: number, make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    if (kept.size >= most) kept.clear()
    const made = make(text)
    kept.set(text, made)
    return made
  }
}
