import { AccountRootPrincipal, ArnPrincipal, Effect, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam'
import { Aws, Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { allowItems, tenantPattern } from './grants.ts'
import { type House, rolePathOf } from './house.ts'

/**
 * The role behind per-tenant credentials: whoever assumes it must tag the session with one tenant, and reaches the items of
 * that tenant only, whatever key the code then asks for. Functions of this stage alone may assume it.
 */
export function tenantRole(scope: Construct, house: House, tableArn: string, indexes: string[]): Role {
  const role = new Role(scope, 'TenantRole', {
    description: 'One tenant of the table: the session tag says which',
    assumedBy: new AccountRootPrincipal().withConditions(fromFunctionsWithOneTag(house)),
    maxSessionDuration: Duration.hours(1),
    managedPolicies: [
      new ManagedPolicy(scope, 'TenantItems', {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM fills this in from the session's tag
        statements: [allowItems(tableArn, indexes, 'write', [tenantPattern('${aws:PrincipalTag/tenant}')])],
      }),
    ],
  })
  role.assumeRolePolicy?.addStatements(
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['sts:TagSession'],
      principals: [new ArnPrincipal(`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root`)],
      conditions: fromFunctionsWithOneTag(house),
    }),
  )
  return role
}

/** A session without the tag would have an empty tenant in its policy; it is not opened at all. */
const fromFunctionsWithOneTag = (house: House) => ({
  ArnLike: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${rolePathOf(house)}*` },
  StringLike: { 'aws:RequestTag/tenant': '?*' },
  'ForAllValues:StringEquals': { 'aws:TagKeys': ['tenant'] },
})
