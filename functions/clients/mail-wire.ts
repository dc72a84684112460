import type { Wire } from '../../domain/store/wire-client.ts'

/** What encodeURIComponent does with base64, where only these are to be encoded, in a twentieth of the time. */
const base64Field = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D')

/** The fields of a form by the rules of AWS's Query protocol: members by their names, those of lists by their numbers, bytes in base64. */
function* fieldsOf(name: string, value: unknown): Generator<string> {
  if (value instanceof Uint8Array) yield `&${name}=${base64Field(value)}`
  else if (Array.isArray(value)) for (const [i, member] of value.entries()) yield* fieldsOf(`${name}.member.${i + 1}`, member)
  else if (typeof value === 'object') for (const [member, one] of Object.entries(value!)) yield* fieldsOf(`${name}.${member}`, one)
  else yield `&${name}=${encodeURIComponent(String(value))}`
}

/** `SendRawEmail` as SES reads it, and the id of the message in its answer: a mail of a campaign costs little else. */
export const mailWire: Wire = {
  write: (input, empty) =>
    empty +
    Object.entries(input)
      .flatMap(([name, value]) => [...fieldsOf(name, value)])
      .join(''),
  read: (xml) => ({ MessageId: /<MessageId>([^<]*)</.exec(xml)?.[1] ?? '' }),
}
