import { choiceValue, listValue, textValue, yesValue } from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { column, listColumn, partsOfField, plainValues } from '../../kernel/transfer-field.ts'
import type { Row, TransferKind } from '../../kernel/transfer-kind.ts'
import { matchByExternalId, matchByGuard, matchById } from '../../store/row-matchers.ts'
import type { Role } from '../permissions.ts'
import { changeUser } from './change-user.ts'
import { linkedUser } from './linked-user.ts'
import { listUsers, userList } from './list-users.ts'
import { knownUsers } from './team.ts'
import { users } from './user.table.ts'
import type { User } from './user.ts'
import { userKind } from './user-kind.ts'

const role = choiceValue<Role>({
  admin: ['管理员', 'administrator'],
  manager: ['经理', '主管', '销售经理'],
  rep: ['销售', '业务员', '销售代表', 'sales', 'representative'],
  assistant: ['助理', '内勤', '销售助理'],
  finance: ['财务', '会计'],
  purchasing: ['采购'],
  marketer: ['市场', '营销', 'marketing'],
  service: ['客服', '售后', '服务'],
  viewer: ['只读', '查看'],
})

const fields = [
  column('id', 'ID', 'ID', textValue, '用户ID'),
  column('externalId', 'External ID', '外部编号', textValue, '工号', '员工编号', 'employee id', 'employee number', '编号'),
  column('name', 'Name', '姓名', textValue, '名字', 'full name', '员工姓名'),
  column('email', 'E-mail', '邮箱', textValue, 'email address', '电子邮箱', '邮件', 'mail'),
  listColumn('roles', 'Roles', '角色', (ctx, text) => listValue(ctx, text).map((part) => role(ctx, part)), '职务', 'role', '权限'),
  ...partsOfField('managerId', [
    column('manager.email', 'Manager e-mail', '上级邮箱', textValue, '主管邮箱', 'manager mail'),
    column('manager.name', 'Manager', '上级', textValue, '主管', '经理', '直属上级', 'reports to', 'manager name', '上级姓名'),
    column('manager.externalId', 'Manager external ID', '上级编号', textValue, '主管工号', '上级工号'),
  ]),
  column('department', 'Department', '部门', textValue, '团队', 'team'),
  column('locale', 'Language', '语言', choiceValue({ 'zh-CN': ['中文', 'chinese', 'zh'], en: ['英文', 'english', '英语'] }), 'locale'),
  column('active', 'Active', '在职', yesValue, '启用', '状态'),
]

/** The manager that a row names. Rows of colleagues who come later in the file wait for them. */
async function compose(ctx: Context, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const manager = await linkedUser(ctx, values, 'manager')
  return { ...plainValues(values), ...(manager ? { managerId: manager.id } : {}) }
}

async function flatten(ctx: Context, records: object[]): Promise<Row[]> {
  const people = new Map((await knownUsers(ctx)).map((user) => [user.id, user]))
  return (records as User[]).map((user) => {
    const manager = people.get(user.managerId ?? '')
    return {
      ...{ id: user.id, externalId: user.externalId ?? null, name: user.name, email: user.email, roles: user.roles.join('; ') },
      ...{ 'manager.email': manager?.email ?? null, 'manager.name': manager?.name ?? null },
      ...{ 'manager.externalId': manager?.externalId ?? null, department: user.department ?? null },
      ...{ locale: user.locale ?? null, active: user.active },
    }
  })
}

/** Users in sheets. Reverting an import shuts those out that it added: users are never deleted. */
export const userSheet: TransferKind<User> = {
  kind: userKind,
  label: { en: 'Users', 'zh-CN': '用户' },
  fields,
  required: [['name'], ['email'], ['roles']],
  matchers: {
    id: matchById(users),
    externalId: matchByExternalId(users),
    email: matchByGuard('user-email', ({ email }) => String(email).toLowerCase()),
  },
  compose,
  selfLinks: ['manager.email', 'manager.name', 'manager.externalId'],
  takeBack: (ctx, { id, ifMatch }) => changeUser(ctx, { id, changes: { active: false }, ifMatch }),
  list: { spec: userList, read: listUsers },
  present: (_ctx, user) => user,
  flatten,
}
