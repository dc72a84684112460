import { changeUser, createUser, currentUser, getUser } from '../../../domain/identity/user/change-user.ts'
import { listUsers, userList } from '../../../domain/identity/user/list-users.ts'
import { ChangeUser, CreateUser, Me, User } from '../../../domain/identity/user/user.ts'
import { userKind } from '../../../domain/identity/user/user-kind.ts'
import { bulkRoutes } from '../bulk.ts'
import { route } from '../route.ts'

const userExample = { name: '李雷', email: 'li.lei@minghui.example', roles: ['rep'], department: '华东销售部' }

export const userRoutes = [
  route({
    method: 'GET',
    path: '/v1/me',
    summary: 'Get the caller',
    description: 'The user behind the token or API key, with everything it may do.',
    permission: 'signed-in',
    response: Me,
    run: currentUser,
  }),
  route({
    method: 'GET',
    path: '/v1/users',
    summary: 'List users',
    description: 'All colleagues, also those who left, in the order in which they were added.',
    permission: 'users.read',
    list: userList,
    response: User,
    run: listUsers,
  }),
  route({
    method: 'POST',
    path: '/v1/users',
    summary: 'Add a user',
    permission: 'users.write',
    body: CreateUser,
    response: User,
    creates: true,
    example: { body: userExample },
    run: createUser,
  }),
  route({
    method: 'GET',
    path: '/v1/users/{id}',
    summary: 'Get a user',
    permission: 'users.read',
    response: User,
    run: getUser,
  }),
  route({
    method: 'PATCH',
    path: '/v1/users/{id}',
    summary: 'Change a user',
    description:
      'JSON Merge Patch. With `active: false` the tokens and API keys of the user end within 60 seconds. The last active admin stays one, and nobody ends the own access.',
    permission: 'users.write',
    body: ChangeUser,
    response: User,
    example: { body: { department: '大客户部', digestOnWorkingDaysOnly: true } },
    run: changeUser,
  }),
  ...bulkRoutes({ kind: userKind, response: User, example: userExample }),
]
