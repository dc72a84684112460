import type { ItemKey } from './entity-definition.ts'
import { joinParts, type KeyParts } from './keys.ts'

/** Into how many partitions a family of items goes: none of them is written too often, and all of them can be named. */
const places = 8

/** One of the places, by the key: the same again for the same key, whoever asks. */
function placeOf(key: string): string {
  let hash = 0
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0
  return ((hash ^ (hash >>> 16)) & (places - 1)).toString()
}

const inPlace = (family: string, place: string): KeyParts => [family, place]

/**
 * Where something stands that is asked for by its own key alone, such as a unique value. A partition for each would be as good for
 * reading, but then nobody could name the partitions of a tenant, which its export and its deletion have to.
 */
export const scattered = (family: string, key: KeyParts): ItemKey => ({ pk: inPlace(family, placeOf(joinParts(key))), sk: key })

/** All partitions of a family. */
export const scatteredPartitions = (family: string): KeyParts[] =>
  Array.from({ length: places }, (_, place) => inPlace(family, place.toString()))
