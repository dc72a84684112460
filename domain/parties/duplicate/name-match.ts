/** How two names were found alike, in words for the caller. */
export const nameReasons = {
  equal: 'Same name, apart from legal form, spaces, brackets and width.',
  abbreviation: 'One name is a short form of the other.',
  slip: 'The names differ by a slip of the pen.',
  similar: 'The names are similar.',
  words: 'The names have the same words.',
  acronym: 'One name is the initials of the other.',
  sound: 'Typed in letters it sounds the same.',
  initials: 'The letters are the initials of the name.',
} as const

export interface NameMatch {
  /** 0 to 1, for the order of candidates. */
  score: number
  kind: keyof typeof nameReasons
  /**
   * True when nothing speaks against one firm: neither name has something telling that the other contradicts. Different
   * firms with similar names (东方电气, 东方电子) score high and are not sure.
   */
  sure: boolean
}

export const noMatch: NameMatch = { score: 0, kind: 'similar', sure: false }

/** The match that tells more: a sure one before an unsure one that is hardly higher. */
export const better = (a: NameMatch, b: NameMatch): NameMatch => {
  if (a.sure !== b.sure && Math.abs(a.score - b.score) < 0.12) return a.sure ? a : b
  return b.score > a.score ? b : a
}
