import { describe, expect, test } from 'vitest'
import { stageSettings } from '../../infra/stages.ts'
import { production } from './synthesized.ts'

describe('stage settings', () => {
  test('are complete without anything from the operator, for the development stage', () => {
    const settings = stageSettings({ 'aws:cdk:enable-path-metadata': true, '@aws-cdk/core:checkSecretUsage': true })

    expect(settings).toMatchObject({ stage: 'dev', domain: undefined, perTenantCredentials: false, protect: false })
    expect(settings.mail).toEqual({ identity: 'guanxi.example', sender: 'no-reply@guanxi.example', tenantIdentities: [] })
  })

  test('protect the data of production and shift its traffic step by step', () => {
    const settings = stageSettings(production)

    expect(settings).toMatchObject({ protect: true, canary: 'CANARY_10PERCENT_5MINUTES', domain: { name: 'crm.example.com' } })
  })

  test('take lists and flags as the command line gives them', () => {
    const settings = stageSettings({
      ...production,
      tenantMailIdentities: 'a.example.com, sales@b.example.com',
      perTenantCredentials: 'true',
    })

    expect(settings.mail.tenantIdentities).toEqual(['a.example.com', 'sales@b.example.com'])
    expect(settings.perTenantCredentials).toBe(true)
  })

  test.each([
    [{ stage: 'live' }, 'Setting stage must be dev or prod.'],
    [{ stage: 'prod', alarmMail: 'ops@example.com' }, 'Stage prod needs mailIdentity: add -c mailIdentity=<your mail domain>.'],
    [{ stage: 'prod', mailIdentity: 'example.com' }, 'Stage prod needs alarmMail: add -c alarmMail=<who is told of alarms>.'],
    [{ domainName: 'https://crm.example.com' }, 'Setting domainName must be a host name such as crm.example.com.'],
    [{ domainName: 'crm.example.com' }, 'Settings domainName and certificateArn belong together: give both or none.'],
    [{ certificateArn: 'abc' }, 'Setting certificateArn must be the ARN of an ACM certificate.'],
    [{ mailIdentity: 'no domain' }, 'Setting mailIdentity must be a domain or an e-mail address.'],
    [{ mailSender: 'crm@example.com' }, 'Setting mailSender needs mailIdentity, the domain or address proved to SES.'],
    [
      { mailIdentity: 'example.com', mailSender: 'crm@example.org' },
      'Setting mailSender must lie in mailIdentity: crm@example.org is not of example.com.',
    ],
    [
      { mailIdentity: 'example.com', mailSender: 'crm@notexample.com' },
      'Setting mailSender must lie in mailIdentity: crm@notexample.com is not of example.com.',
    ],
    [{ tenantMailIdentities: 'a.example.com,?' }, 'Setting tenantMailIdentities must be a domain or an e-mail address.'],
    [{ alarmMail: 'ops' }, 'Setting alarmMail must be an e-mail address.'],
    [{ perTenantCredentials: 'yes' }, 'Setting perTenantCredentials must be true or false.'],
    [{ domianName: 'crm.example.com' }, 'Unknown setting domianName: docs/deploy.md lists the settings.'],
  ])('refuse %j in one sentence', (context, sentence) => {
    expect(() => stageSettings(context)).toThrow(new Error(sentence))
  })
})
