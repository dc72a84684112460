import { describe, expect, test } from 'vitest'
import { systemKey, tenantPrefix } from '../../domain/store/keys.ts'
import { actionsOf, everyFunction, granting, reaches, statementsOf, statementsOfRole } from './policy.ts'
import { production, templates } from './synthesized.ts'

const tenantItem = `${tenantPrefix('ten_one')}CUS#01ARZ3NDEK`
const otherTenantItem = `${tenantPrefix('ten_one_more')}CUS#01ARZ3NDEK`
const systemItem = systemKey(['KEY', 'a1b2'])
const fenced = { ...production, perTenantCredentials: 'true' }

describe.each(everyFunction)('$name', ({ name, needs }) => {
  const statements = statementsOf(`guanxi-prod-${name}`, templates())

  test('reaches the items it needs, in no other way than by key', () => {
    expect(reaches(statements, 'dynamodb:GetItem', [tenantItem])).toBe(needs.table !== 'none')
    expect(reaches(statements, 'dynamodb:PutItem', [tenantItem])).toBe(needs.table === 'write')
    expect(reaches(statements, 'dynamodb:GetItem', [systemItem])).toBe(needs.system !== undefined)
    expect(reaches(statements, 'dynamodb:PutItem', [systemItem])).toBe(needs.system === 'write')
    expect(reaches(statements, 'dynamodb:BatchGetItem', [tenantItem, systemItem])).toBe(false)
    expect(reaches(statements, 'dynamodb:GetItem', ['elsewhere'])).toBe(false)
    expect(actionsOf(statements).filter((action) => /Scan|PartiQL|\*/.test(action))).toEqual([])
  })

  test('mails, keeps files and fills queues only where the manifest says so', () => {
    expect(actionsOf(statements).includes('ses:SendRawEmail')).toBe(needs.mails === true)
    expect(actionsOf(statements).includes('s3:PutObject')).toBe(needs.files === true)
    const targets = new Set(
      granting(statements, 'sqs:SendMessage')
        .flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource]))
        .map((arn) => JSON.stringify(arn)),
    )
    expect(targets.size).toBe(1 + (needs.sends ?? []).length)
    for (const queue of needs.sends ?? []) expect([...targets].some((arn) => arn.includes(queue.replaceAll('-', '')))).toBe(true)
  })

  test('reaches no tenant by itself where the stage has per-tenant credentials', () => {
    const own = statementsOf(`guanxi-prod-${name}`, templates(fenced))

    expect(reaches(own, 'dynamodb:GetItem', [tenantItem])).toBe(false)
    expect(reaches(own, 'dynamodb:GetItem', [systemItem])).toBe(needs.system !== undefined)
    expect(actionsOf(own).includes('sts:AssumeRole')).toBe(needs.table !== 'none')
  })
})

describe('the role of per-tenant credentials', () => {
  const { Resources } = templates(fenced).data!
  const [role] = Object.values(Resources).filter(({ Type, Properties }) => Type === 'AWS::IAM::Role' && Properties.MaxSessionDuration)
  const statements = statementsOfRole(role!, Resources)

  test('reaches the tenant of the session and no other, also in one batch', () => {
    const tags = { tenant: 'ten_one' }

    expect(reaches(statements, 'dynamodb:PutItem', [tenantItem], tags)).toBe(true)
    expect(reaches(statements, 'dynamodb:PutItem', [otherTenantItem], tags)).toBe(false)
    expect(reaches(statements, 'dynamodb:BatchGetItem', [tenantItem, otherTenantItem], tags)).toBe(false)
    expect(reaches(statements, 'dynamodb:GetItem', [systemItem], tags)).toBe(false)
  })

  test('reaches nothing without a tenant', () => {
    expect(reaches(statements, 'dynamodb:GetItem', [tenantItem])).toBe(false)
  })

  test('is assumed by functions of this stage, with the tag and no other', () => {
    for (const { Condition } of role!.Properties.AssumeRolePolicyDocument.Statement) {
      expect(JSON.stringify(Condition.ArnLike)).toContain(':role/guanxi/prod/*')
      expect(Condition.StringLike).toEqual({ 'aws:RequestTag/tenant': '?*' })
      expect(Condition['ForAllValues:StringEquals']).toEqual({ 'aws:TagKeys': ['tenant'] })
    }
  })

  test('does not exist where the stage has no per-tenant credentials', () => {
    expect(JSON.stringify(templates())).not.toContain('sts:TagSession')
  })
})
