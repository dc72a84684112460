/** The environment the functions see on one machine: the names they have on AWS, pointing here. */
interface LocalEndpoints {
  publicUrl: string
  dynamodb: string
  queues: string
  files: string
  ses: string
  events: string
  queueUrls: Record<string, string>
  issuer: string
  audience: string
  jwksUri: string
  /** Where the fonts of printed documents are. */
  fonts: string
}

export const tableName = 'guanxi-local'
export const busName = 'guanxi'
export const filesBucket = 'guanxi-files'
export const configurationSet = 'guanxi'

/** Sets what functions/runtime.ts and the AWS SDK read; must come before a function is imported. */
export function setEnvironment(endpoints: LocalEndpoints): void {
  useLocalAccount()
  const queueUrls = Object.entries(endpoints.queueUrls).map(([name, url]) => [`QUEUE_${name.toUpperCase().replaceAll('-', '_')}_URL`, url])
  Object.assign(process.env, Object.fromEntries(queueUrls), {
    STAGE: 'local',
    TABLE_NAME: tableName,
    BUS_NAME: busName,
    FILES_BUCKET: filesBucket,
    PUBLIC_BASE_URL: endpoints.publicUrl,
    MAIL_SENDER: 'guanxi@local.example',
    MAIL_CONFIGURATION_SET: configurationSet,
    JWT_ISSUER: endpoints.issuer,
    JWT_AUDIENCE: endpoints.audience,
    JWKS_URI: endpoints.jwksUri,
    FONT_FOLDER: endpoints.fonts,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.queues,
    AWS_ENDPOINT_URL_S3: endpoints.files,
    AWS_ENDPOINT_URL_SES: endpoints.ses,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.events,
  })
  // One machine has one user; the limit is there to be tried, not to get in the way.
  process.env.RATE_LIMIT_PER_MINUTE ??= '60000'
  // REQUEST_LOG=on shows a line per request; metrics are for CloudWatch.
  process.env.REQUEST_LOG ??= 'off'
  process.env.POWERTOOLS_METRICS_DISABLED ??= 'true'
}

/** Keys and region that nobody checks, whatever this shell is signed in to; a given DynamoDB endpoint may want the real ones. */
function useLocalAccount(): void {
  const account = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  if (process.env.DYNAMODB_ENDPOINT) {
    Object.assign(process.env, { ...account, ...process.env })
    return
  }
  delete process.env.AWS_PROFILE
  delete process.env.AWS_SESSION_TOKEN
  Object.assign(process.env, account)
}
