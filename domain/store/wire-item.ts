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

function wireOfSet(members: unknown[]): WireValue {
  const [first] = members
  if (typeof first === 'string') return { SS: members as string[] }
  if (typeof first === 'number' || typeof first === 'bigint') return { NS: members.map((member) => textOf(member as number)) }
  throw new Error('store: a set holds texts or numbers, and at least one')
}

/** DynamoDB has no number for what is none; what lost digits before it came here must not be kept. */
function textOf(number: number | bigint): string {
  if (typeof number === 'number' && (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER))
    throw new Error(`store: ${number} cannot be kept as a number`)
  return String(number)
}

function wireOfValue(value: unknown): WireValue {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number' || typeof value === 'bigint') return { N: textOf(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (value === null) return { NULL: true }
  if (Array.isArray(value)) return { L: value.filter((member) => member !== undefined).map(wireOfValue) }
  if (value instanceof Uint8Array) return { B: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') }
  if (value instanceof Set) return wireOfSet([...value])
  if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value))) return { M: wireOfItem(value) }
  throw new Error(`store: a value of an unknown type (${typeof value})`)
}

/** An item, or values of one, as they go over the wire; what is undefined is left out. */
export function wireOfItem(item: object): WireItem {
  const wire: WireItem = {}
  for (const [name, value] of Object.entries(item)) if (value !== undefined) wire[name] = wireOfValue(value)
  return wire
}

/** An item of the wire with its values as they are in a program, as the SDK's document client would answer it. */
export function itemOfWire(item: WireItem): Record<string, unknown> {
  const plain: Record<string, unknown> = {}
  for (const name of Object.keys(item)) plain[name] = valueOfWire(item[name]!)
  return plain
}
