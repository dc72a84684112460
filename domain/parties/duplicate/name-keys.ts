import { remember } from '../../kernel/remember.ts'
import { isHan } from './fold-text.ts'
import { hanProbes, hanSearchKeys, soundKey, soundKeys } from './han-keys.ts'
import { hanName } from './han-name.ts'
import { joinedKey, latinKeys } from './latin-keys.ts'
import { latinName } from './latin-name.ts'
import { typedName } from './read-pinyin.ts'

/**
 * Under which keys a name is kept and looked for. A key of one character (or word) serves while few firms have it; when its
 * entry is full, keys of two take over, so that no key stands for many names however large the tenant is.
 */

/** Something by which a name should be found: by one of these keys, the first that has room. */
type Probe = readonly string[]

/** Each name takes at most so many entries, of 2 WRU each (issue: 12 WRU per name). */
export const mostKeysPerName = 6
const mostSearched = 24

/** A row of an import is asked for its keys several times. The lists are shared, so nobody changes them. */
const mostKept = 500
const ofName = <T>(make: (words: readonly string[]) => T): ((words: readonly string[]) => T) => {
  const kept = remember(mostKept, (text) => make(text.split(' ')))
  return (words) => kept(words.join(' '))
}

/** The probes of a name, those that matter most first. */
export const probesOf: (words: readonly string[]) => readonly Probe[] = ofName((words) =>
  words.some(isHan) ? hanProbes(hanName(words)) : latinKeys(latinName(words)).map((key) => [key]),
)

/** The keys that spelling variants of a name share with it, and few other names: by them writers at the same moment meet. */
export const meetingKeys: (words: readonly string[]) => readonly string[] = ofName((words) =>
  words.some(isHan) ? soundKeys(hanName(words)) : [joinedKey(latinName(words))],
)

const allSearchKeys = ofName((words): readonly string[] => {
  if (words.some(isHan)) return [...new Set(hanSearchKeys(hanName(words)))]
  const sounds = (typedName(words)?.initials ?? []).map(soundKey)
  return [...new Set([...sounds, ...latinKeys(latinName(words))])]
})

/** The keys under which a name, or what is meant by it, is looked for. */
export const searchKeys = (words: readonly string[], most = mostSearched): string[] => allSearchKeys(words).slice(0, most)

/** Chooses keys for a name; a probe is met when one of its keys is chosen. `hasRoom` says whether a key takes another name. */
export function chooseKeys(probes: readonly Probe[], most: number, hasRoom: (key: string) => boolean): string[] {
  const chosen = new Set<string>()
  for (const probe of probes) {
    if (chosen.size === most) break
    if (probe.some((key) => chosen.has(key))) continue
    const free = probe.find(hasRoom)
    if (free) chosen.add(free)
  }
  return [...chosen]
}
