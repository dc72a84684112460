import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Aws } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { type House, nameOf } from './house.ts'

export interface AlarmProps {
  /** What is wrong and where to look, in one sentence: it is the text of the mail. */
  says: string
  metric: IMetric
  /** Rings above this value. */
  above: number
  /** How many periods in a row. */
  periods?: number
}

/** Where all alarms go, encrypted; the operator's address confirms its subscription once. */
export function alarmTopic(scope: Construct, house: House, masterKey: IKey): Topic {
  const topic = new Topic(scope, 'Alarms', { topicName: nameOf(house, 'alarms'), masterKey, enforceSSL: true })
  // A topic with a policy of its own has lost the default one, by which alarms of the account may publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  )
  if (house.settings.alarmMail) topic.addSubscription(new EmailSubscription(house.settings.alarmMail))
  return topic
}

/** An alarm that mails when it rings and when it is over. No data is no alarm: a stage at rest is healthy. */
export function alarm(
  scope: Construct,
  house: House,
  topic: ITopic,
  name: string,
  { says, metric, above, periods = 1 }: AlarmProps,
): Alarm {
  const made = new Alarm(scope, `${name}-alarm`, {
    alarmName: nameOf(house, name),
    alarmDescription: says,
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  })
  const action = new SnsAction(topic)
  made.addAlarmAction(action)
  made.addOkAction(action)
  return made
}
