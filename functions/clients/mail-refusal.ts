import { MailRefused } from '../../domain/kernel/errors.ts'

interface SdkError extends Error {
  code?: string
  $metadata?: { httpStatusCode?: number }
}

/** What SES says when it will take the same mail later. */
const passing =
  /^(Throttl|TooManyRequests|LimitExceeded|AccountSendingPaused|ConfigurationSetSendingPaused|ServiceUnavailable|ExpiredToken|RequestExpired)/
/** Nothing answered at all, so nothing can have taken the mail. */
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/**
 * The refusal in an error of the SES client: an answer of the 4xx kind, its own word that the service is unavailable, or no
 * connection. Undefined when SES may have taken the mail all the same: a connection that broke, a time-out, a 5xx that does
 * not say where it came from.
 */
export function refusalOf(error: unknown): MailRefused | undefined {
  const { name, code = '', message, $metadata } = error as SdkError
  const status = $metadata?.httpStatusCode ?? 0
  if ((status >= 400 && status < 500) || (status === 503 && name === 'ServiceUnavailable')) return new MailRefused(name, passing.test(name))
  const isUnreachable = unreachable.has(code) || (name === 'TimeoutError' && message.includes('did not establish a connection'))
  return isUnreachable || name === 'CredentialsProviderError' ? new MailRefused(code || name, true) : undefined
}
