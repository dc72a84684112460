/** A value of an attribute as it comes over the wire. */
export type WireValue = Partial<{
  S: string
  N: string
  BOOL: boolean
  NULL: true
  M: WireItem
  L: WireValue[]
  B: string
  SS: string[]
  NS: string[]
  BS: string[]
}>

export type WireItem = Record<string, WireValue>

/** Whole numbers that would lose digits are kept whole. */
function numberOf(text: string): number | bigint {
  const number = Number(text)
  return Math.abs(number) > Number.MAX_SAFE_INTEGER ? BigInt(text) : number
}

function valueOfWire(value: WireValue): unknown {
  if (value.S !== undefined) return value.S
  if (value.N !== undefined) return numberOf(value.N)
  if (value.M !== undefined) return itemOfWire(value.M)
  if (value.L !== undefined) return value.L.map(valueOfWire)
  if (value.BOOL !== undefined) return value.BOOL
  if (value.NULL !== undefined) return null
  if (value.B !== undefined) return Uint8Array.from(Buffer.from(value.B, 'base64'))
  if (value.SS !== undefined) return new Set(value.SS)
  if (value.NS !== undefined) return new Set(value.NS.map(numberOf))
  if (value.BS !== undefined) return new Set(value.BS.map((bytes) => Uint8Array.from(Buffer.from(bytes, 'base64'))))
  throw new Error(`store: an attribute of an unknown type (${Object.keys(value).join(', ')})`)
}

/** An item of the wire with its values as they are in a program, as the SDK's document client would answer it. */
export function itemOfWire(item: WireItem): Record<string, unknown> {
  const plain: Record<string, unknown> = {}
  for (const name of Object.keys(item)) plain[name] = valueOfWire(item[name]!)
  return plain
}
