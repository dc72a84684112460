import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** SHA-256 in hex: how secrets are stored and request bodies compared. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A new secret of 256 bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

function mac(key: string, purpose: string, payload: string): string {
  return createHmac('sha256', key).update(`${purpose}\n${payload}`).digest('base64url')
}

/** A text by which equal values are found and from which none can be read or guessed without the key; base64url. */
export const keyedHash = (key: string, purpose: string, value: string): string => mac(key, purpose, value)

/** HMAC-SHA256 in hex, as other systems make it of a secret that both know. */
export const hexMac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex')

/** Compares without telling by its time how much was right. */
export function isSameSecret(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** `<payload>.<mac>`: readable by anyone, made only by us. `purpose` keeps a token of one kind from serving as another. */
export function seal(key: string, purpose: string, value: unknown): string {
  const payload = Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${payload}.${mac(key, purpose, payload)}`
}

/** The sealed value, or undefined when a single byte is not as it was made. */
export function unseal(key: string, purpose: string, token: string): unknown {
  const [payload, given, ...rest] = token.split('.')
  if (!payload || !given || rest.length > 0) return undefined
  if (!isSameSecret(mac(key, purpose, payload), given)) return undefined
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}

/** Keys made lately: a worker makes a token of the same purpose for every mail. */
const cipherKeys = new Map<string, Buffer>()
const mostKeys = 500

/** The key of one purpose: what is sealed for one thing cannot be opened as another. */
function cipherKey(key: string, purpose: string): Buffer {
  const name = `${purpose}\n${key}`
  const known = cipherKeys.get(name)
  if (known) return known
  if (cipherKeys.size >= mostKeys) cipherKeys.clear()
  const made = createHmac('sha256', key).update(`cipher\n${purpose}`).digest()
  cipherKeys.set(name, made)
  return made
}

/** A token that shows nothing of what it holds and is made only by us: AES-256-GCM, base64url. */
export function conceal(key: string, purpose: string, value: unknown): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', cipherKey(key, purpose), iv)
  const hidden = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')
}

/** What a token of `conceal` holds, or undefined when a single byte is not as it was made. */
export function reveal(key: string, purpose: string, token: string): unknown {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length < 29 || bytes.toString('base64url') !== token) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', cipherKey(key, purpose), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString())
  } catch {
    return undefined
  }
}
