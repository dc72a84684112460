import { GetIdentityVerificationAttributesCommand, GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses'
import type { MailAccount } from '../../domain/kernel/context.ts'
import { lazily } from '../runtime.ts'

const ses = lazily(() => new SESClient({ maxAttempts: 5 }))

const quotaKeptMs = 10_000
let quota = { until: 0, perSecond: 0 }

/** An address is sent from under its own identity, its domain's, or that of a domain above. */
function identitiesOf(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.')
  const domains = labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'))
  return [address, ...domains]
}

/** What SES says of the account; its rate is at most ten seconds old, since workers ask for every ten mails. */
export const mailAccount: MailAccount = {
  async isVerified(address) {
    const { VerificationAttributes = {} } = await ses().send(
      new GetIdentityVerificationAttributesCommand({ Identities: identitiesOf(address) }),
    )
    return Object.values(VerificationAttributes).some(({ VerificationStatus }) => VerificationStatus === 'Success')
  },
  async ratePerSecond() {
    if (quota.until < Date.now()) {
      const { MaxSendRate = 1 } = await ses().send(new GetSendQuotaCommand({}))
      quota = { until: Date.now() + quotaKeptMs, perSecond: MaxSendRate }
    }
    return quota.perSecond
  },
}
