import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { lazily, optionalEnv } from './runtime.ts'

/** What is worth an alarm or a chart besides what AWS counts by itself. docs/mail.md says what each means. */
export type Counted = 'MailSentAgain' | 'MailUnknown' | 'MailBounced' | 'MailComplained' | 'MailRejected'

const metrics = lazily(() => new Metrics({ namespace: 'Guanxi', serviceName: optionalEnv('STAGE') ?? 'none' }))

/** Counts one in CloudWatch, by a line of the log. */
export function count(name: Counted): void {
  metrics().addMetric(name, MetricUnit.Count, 1)
  metrics().publishStoredMetrics()
}
