import * as z from 'zod'

/** What differs between environments. The operator's part comes from CDK context (`-c name=value`), the rest is decided here. */
export interface StageSettings {
  stage: 'dev' | 'prod'
  /** Own host name of the API, with its ACM certificate of the same region; without it the API keeps the address AWS gives it. */
  domain: { name: string; certificateArn: string } | undefined
  mail: {
    /** Domain or address that this stage proves to SES. */
    identity: string
    /** Sender of mails whose tenant names none; lies in `identity`. */
    sender: string
    /** Identities of tenants that send in their own name; already verified in the account. */
    tenantIdentities: string[]
  }
  /** Where alarms are mailed to. */
  alarmMail: string | undefined
  /** Each tenant's data is reached with credentials that cannot reach another's. */
  perTenantCredentials: boolean
  logRetentionDays: 14 | 90
  backupRetentionDays: number
  /** Deletion protection, and data that outlives its stack. */
  protect: boolean
  /** How a new version of an HTTP function takes over. */
  canary: 'ALL_AT_ONCE' | 'CANARY_10PERCENT_5MINUTES'
  /** Requests per second of the whole API, before any tenant's own limit. */
  throttling: { rate: number; burst: number }
  rateLimitPerMinute: number
}

type Decided = Pick<StageSettings, 'logRetentionDays' | 'backupRetentionDays' | 'protect' | 'canary' | 'throttling' | 'rateLimitPerMinute'>

const decided: Record<StageSettings['stage'], Decided> = {
  dev: {
    logRetentionDays: 14,
    backupRetentionDays: 7,
    protect: false,
    canary: 'ALL_AT_ONCE',
    throttling: { rate: 100, burst: 200 },
    rateLimitPerMinute: 6000,
  },
  prod: {
    logRetentionDays: 90,
    backupRetentionDays: 35,
    protect: true,
    canary: 'CANARY_10PERCENT_5MINUTES',
    throttling: { rate: 1000, burst: 2000 },
    rateLimitPerMinute: 6000,
  },
}

const hostName = z
  .string()
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a host name such as crm.example.com')
const address = z.email('must be an e-mail address')
const identity = z.union([hostName, address], 'must be a domain or an e-mail address')
const flag = z.union([z.boolean(), z.enum(['true', 'false'])], 'must be true or false').transform((value) => String(value) === 'true')

const operatorContext = z.strictObject({
  stage: z.enum(['dev', 'prod'], 'must be dev or prod').default('dev'),
  domainName: hostName.optional(),
  certificateArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, 'must be the ARN of an ACM certificate')
    .optional(),
  mailIdentity: identity.optional(),
  mailSender: address.optional(),
  tenantMailIdentities: z
    .string()
    .transform((list) => list.split(',').map((item) => item.trim()))
    .pipe(z.array(identity))
    .default([]),
  alarmMail: address.optional(),
  perTenantCredentials: flag.default(false),
})

/** What the operator gave is missing or wrong; the message says which value and what to do. */
export class SettingsError extends Error {}

/** CDK's own context names carry a colon, a slash or a dash; what remains is the operator's. */
const isOperators = (name: string): boolean => /^[A-Za-z]+$/.test(name)

/** Settings of the stage that the CDK context asks for. Throws SettingsError with one sentence per wrong value. */
export function stageSettings(context: Record<string, unknown>): StageSettings {
  const parsed = operatorContext.safeParse(Object.fromEntries(Object.entries(context).filter(([name]) => isOperators(name))))
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map(sentence).join('\n'))
  const given = parsed.data
  refuseWhatDoesNotFit(given)
  const mailIdentity = given.mailIdentity ?? 'guanxi.example'
  return {
    ...decided[given.stage],
    stage: given.stage,
    domain: given.domainName && given.certificateArn ? { name: given.domainName, certificateArn: given.certificateArn } : undefined,
    mail: { identity: mailIdentity, sender: given.mailSender ?? senderOf(mailIdentity), tenantIdentities: given.tenantMailIdentities },
    alarmMail: given.alarmMail,
    perTenantCredentials: given.perTenantCredentials,
  }
}

const senderOf = (mailIdentity: string): string => (mailIdentity.includes('@') ? mailIdentity : `no-reply@${mailIdentity}`)

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `Unknown setting ${issue.keys.join(', ')}: docs/deploy.md lists the settings.`
  return `Setting ${issue.path[0]?.toString()} ${issue.message}.`
}

/** Values that are each right and wrong together. A production stage does not start with placeholders. */
function refuseWhatDoesNotFit(given: z.output<typeof operatorContext>): void {
  const wrong: string[] = []
  if (Boolean(given.domainName) !== Boolean(given.certificateArn))
    wrong.push('Settings domainName and certificateArn belong together: give both or none.')
  if (given.mailSender && !given.mailIdentity) wrong.push('Setting mailSender needs mailIdentity, the domain or address proved to SES.')
  if (given.mailSender && given.mailIdentity && !within(given.mailSender, given.mailIdentity))
    wrong.push(`Setting mailSender must lie in mailIdentity: ${given.mailSender} is not of ${given.mailIdentity}.`)
  if (given.stage === 'prod' && !given.mailIdentity) wrong.push('Stage prod needs mailIdentity: add -c mailIdentity=<your mail domain>.')
  if (given.stage === 'prod' && !given.alarmMail) wrong.push('Stage prod needs alarmMail: add -c alarmMail=<who is told of alarms>.')
  if (wrong.length > 0) throw new SettingsError(wrong.join('\n'))
}

const within = (sender: string, mailIdentity: string): boolean =>
  sender === mailIdentity || sender.endsWith(`@${mailIdentity}`) || sender.endsWith(`.${mailIdentity}`)
