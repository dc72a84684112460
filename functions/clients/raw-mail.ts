import { randomBytes } from 'node:crypto'
import type { OutgoingMail } from '../../domain/kernel/context.ts'

/**
 * A mail as it goes over the wire, made by hand: both texts in base64, headers in encoded words where they are not ASCII. It does for
 * mails without attachments, which campaigns send by the thousand, what a general composer does in ten times the time.
 */

const lineLength = 76
/** Bytes of one encoded word, so that with its frame it stays below 75 characters. */
const wordBytes = 42

const isPlain = (text: string): boolean => !/[^\x20-\x7e]/.test(text)

/** RFC 2047: words of whole characters. */
function encodedWords(text: string): string {
  const words: string[] = []
  let word = ''
  for (const char of text) {
    if (Buffer.byteLength(word + char) > wordBytes) {
      words.push(word)
      word = ''
    }
    word += char
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ')
}

/** A header's text; one that could begin another header is refused. */
function textOf(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new Error('A header cannot hold a line break.')
  return isPlain(text) && !text.includes('=?') ? text : encodedWords(text)
}

const addressOf = (address: string): string => {
  if (!/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(address) || /[<>,;:"()[\]\\]/.test(address))
    throw new Error('This is no address that mail goes to.')
  return address
}

const nameOf = (name: string): string =>
  isPlain(name) ? `"${textOf(name).replace(/["\\]/g, '\\$&')}"` : encodedWords(textOf(name) && name)

function base64Lines(text: string): string {
  const whole = Buffer.from(text).toString('base64')
  const lines: string[] = []
  for (let at = 0; at < whole.length; at += lineLength) lines.push(whole.slice(at, at + lineLength))
  return lines.join('\r\n')
}

const part = (type: string, text: string): string =>
  `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(text.replace(/\r?\n/g, '\r\n'))}\r\n`

/** The bytes of a mail without attachments. Throws for an address that is none and for a header with a line break. */
export function rawMail({ to, replyTo, subject, html, text, headers = {} }: OutgoingMail, from: { name: string; address: string }): Buffer {
  const boundary = `=_${randomBytes(12).toString('hex')}`
  const own = Object.entries(headers).map(([name, value]) => [name, textOf(value)])
  const all = [
    ['From', `${nameOf(from.name)} <${addressOf(from.address)}>`],
    ['To', [to].flat().map(addressOf).join(',\r\n ')],
    ...(replyTo ? [['Reply-To', addressOf(replyTo)]] : []),
    ['Subject', textOf(subject)],
    ...own,
    ['Date', new Date().toUTCString().replace('GMT', '+0000')],
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`],
  ]
  const head = all.map(([name, value]) => `${name}: ${value}`).join('\r\n')
  const parts = `--${boundary}\r\n${part('plain', text)}--${boundary}\r\n${part('html', html)}--${boundary}--\r\n`
  return Buffer.from(`${head}\r\n\r\n${parts}`, 'latin1')
}
