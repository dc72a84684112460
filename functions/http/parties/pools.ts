import { changePool, createPool, deletePool, getPool, listPools, poolList } from '../../../domain/parties/pool/change-pool.ts'
import { ChangePool, CreatePool, Pool } from '../../../domain/parties/pool/pool.ts'
import { route } from '../route.ts'

export const poolRoutes = [
  route({
    method: 'GET',
    path: '/v1/pools',
    summary: 'List the public pools',
    description:
      'Those set up besides the pool of everybody. Their customers: `GET /v1/customers?filter[ownerId][isNull]=true&filter[poolId]=<id>`.',
    permission: 'pools.read',
    list: poolList,
    response: Pool,
    run: listPools,
  }),
  route({
    method: 'POST',
    path: '/v1/pools',
    summary: 'Set up a public pool',
    description: 'Its members, and those above them, see its customers and may claim them; without members everybody does.',
    permission: 'pools.write',
    body: CreatePool,
    response: Pool,
    creates: true,
    example: { body: { name: '华东公海' } },
    run: createPool,
  }),
  route({
    method: 'GET',
    path: '/v1/pools/{id}',
    summary: 'Get a public pool',
    permission: 'pools.read',
    response: Pool,
    run: getPool,
  }),
  route({
    method: 'PATCH',
    path: '/v1/pools/{id}',
    summary: 'Change a public pool',
    description: 'JSON Merge Patch. Who is no member any more loses sight of its customers within 30 seconds.',
    permission: 'pools.write',
    body: ChangePool,
    response: Pool,
    example: { body: { name: '华东大客户公海' } },
    run: changePool,
  }),
  route({
    method: 'DELETE',
    path: '/v1/pools/{id}',
    summary: 'Delete a public pool',
    description: 'Only an empty one. Customers that had it as their home go to the pool of everybody when they are released.',
    permission: 'pools.write',
    run: deletePool,
  }),
]
