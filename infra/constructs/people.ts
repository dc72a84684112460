import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { type House, nameOf, removalOf } from './house.ts'

export interface People {
  pool: UserPool
  client: UserPoolClient
}

/**
 * Where people sign in. Nobody signs up by themselves, a second factor is asked of everybody, and the trigger puts tenant,
 * user and epoch into the access token (which takes the Essentials plan and the V2 trigger).
 */
export function userPool(scope: Construct, house: House, preToken: LambdaFunction): People {
  const pool = new UserPool(scope, 'People', {
    userPoolName: nameOf(house, 'people'),
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    standardAttributes: { email: { required: true, mutable: true } },
    // Which user of which tenant signs in: written once by whoever adds the person, read by the trigger.
    customAttributes: { tenant_id: new StringAttribute({ mutable: false }), user_id: new StringAttribute({ mutable: false }) },
    passwordPolicy: { minLength: 12, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: house.settings.protect,
    removalPolicy: removalOf(house),
  })
  pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, preToken, LambdaVersion.V2_0)
  const client = pool.addClient('Client', {
    userPoolClientName: nameOf(house, 'client'),
    authFlows: { userSrp: true },
    disableOAuth: true,
    generateSecret: false,
    // A person may read who they are and change their address, never the tenant.
    writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(30),
  })
  return { pool, client }
}
