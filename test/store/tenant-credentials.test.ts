import { expect, test } from 'vitest'
import { users } from '../../domain/identity/user/user.table.ts'
import { openDatabase, send } from '../../domain/store/database.ts'
import { find } from '../../domain/store/read.ts'
import { systemFind } from '../../domain/store/system.ts'
import { bareContext, systemContext } from '../../functions/runtime.ts'

const own = { accessKeyId: 'own', secretAccessKey: 'secret' }

test('with per-tenant credentials each tenant is read with its own, kept, and SYS# with those of the function', async () => {
  const asked: string[] = []
  const db = openDatabase(process.env.TABLE_NAME!, { credentials: own }, (tenantId) => async () => {
    asked.push(tenantId)
    return { accessKeyId: tenantId, secretAccessKey: 'secret' }
  })
  const within = (tenantId: string) => ({ ...bareContext(tenantId), db })

  await systemFind({ ...systemContext(), db }, { pk: ['KEY', 'none'] })
  const beforeTenants = [...asked]
  for (const tenantId of ['north', 'south', 'north', 'south']) await find(within(tenantId), users, 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3')

  expect(beforeTenants).toEqual([])
  expect(asked).toEqual(['north', 'south'])
})

test('without a role all commands use the credentials of the function', async () => {
  const db = openDatabase(process.env.TABLE_NAME!, { credentials: own })

  const answer = await send({ ...bareContext('north'), db }, await missingUser())

  expect(answer).toMatchObject({ $metadata: { httpStatusCode: 200 } })
})

async function missingUser() {
  const { GetCommand } = await import('@aws-sdk/lib-dynamodb')
  return new GetCommand({ TableName: process.env.TABLE_NAME!, Key: { pk: 'T#north#USERS', sk: 'usr_none' } })
}
