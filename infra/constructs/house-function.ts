import { ManagedPolicy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core'
import type { Construct, IConstruct } from 'constructs'
import { allow, allowInRegion } from './grants.ts'
import { type House, nameOf, rolePathOf } from './house.ts'

interface HouseFunctionProps {
  /** Name in the bundles and, behind `guanxi-<stage>-`, in AWS. */
  name: string
  timeoutSeconds: number
  environment: Record<string, string>
  /** Everything it may do beyond writing its log and trace. */
  grants: PolicyStatement[]
  /** Takes what an asynchronous call could not deliver. */
  deadLetters: IQueue
  /** Encrypts its log. */
  key: IKey
}

const memoryMegabytes = 512
const built = new WeakSet<IConstruct>()

/** Whether a function was made here; the house rules refuse any other. */
export const isHouseFunction = (construct: IConstruct | undefined): boolean => construct !== undefined && built.has(construct)

/**
 * The one way to a Lambda function: Node 24 on arm64, its own log group with retention and key, tracing, a dead-letter queue,
 * and a role that holds one written-out policy. CDK's helpers cannot widen the role: what is granted is what is listed.
 */
export function houseFunction(scope: Construct, house: House, props: HouseFunctionProps): LambdaFunction {
  const name = nameOf(house, props.name)
  const logGroup = new LogGroup(scope, `${props.name}-log`, {
    logGroupName: `/aws/lambda/${name}`,
    retention: house.settings.logRetentionDays,
    encryptionKey: props.key,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const statements = [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    allowInRegion('xray:PutTraceSegments', 'xray:PutTelemetryRecords'),
    allow(['sqs:SendMessage'], [props.deadLetters.queueArn]),
    ...props.grants,
  ]
  const role = new Role(scope, `${props.name}-role`, {
    path: rolePathOf(house),
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [new ManagedPolicy(scope, `${props.name}-policy`, { statements })],
  })
  const fn = new LambdaFunction(scope, props.name, {
    functionName: name,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: house.codeOf(props.name),
    memorySize: memoryMegabytes,
    timeout: Duration.seconds(props.timeoutSeconds),
    environment: props.environment,
    role: role.withoutPolicyUpdates(),
    deadLetterQueue: props.deadLetters,
    tracing: Tracing.ACTIVE,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.WARN,
  })
  built.add(fn)
  return fn
}
