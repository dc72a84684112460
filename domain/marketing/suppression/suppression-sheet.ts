import { choiceValue, paragraphValue, textValue } from '../../kernel/cell-values.ts'
import { column } from '../../kernel/transfer-field.ts'
import type { Row, TransferKind } from '../../kernel/transfer-kind.ts'
import { matchByExternalId, matchById } from '../../store/row-matchers.ts'
import { listSuppressions, suppressionList } from './list-suppressions.ts'
import { findSuppression, suppressions } from './suppression.table.ts'
import { everything, type Suppression, type SuppressionReason } from './suppression.ts'
import { suppressionKind } from './suppression-kind.ts'

const reason = choiceValue<SuppressionReason>({
  unsubscribed: ['退订', 'unsubscribe', 'opted out', 'opt-out', 'optout'],
  bounced: ['退信', 'bounce', 'hard bounce', 'cleaned'],
  complained: ['投诉', 'complaint', 'spam', 'abuse'],
  manual: ['手动', '人工', '其他', 'other'],
})

const fields = [
  column('id', 'ID', 'ID', textValue),
  column('externalId', 'External ID', '外部编号', textValue, '编号'),
  column('email', 'E-mail', '邮箱', textValue, 'email address', '电子邮箱', '邮件', 'mail', 'address'),
  column('scope', 'Scope', '范围', textValue, 'list', '邮件列表'),
  column('reason', 'Reason', '原因', reason, '类型', 'type', 'status'),
  column('note', 'Note', '备注', paragraphValue, 'notes', 'comment', '说明'),
]

const idsOf = (id: string | undefined) => (id ? [id] : [])

/** The list of addresses that are not mailed, as other systems keep it. An export holds what a later import brings back. */
export const suppressionSheet: TransferKind<Suppression> = {
  kind: suppressionKind,
  label: { en: 'Suppressions', 'zh-CN': '退订名单' },
  fields,
  required: [['email']],
  matchers: {
    id: matchById(suppressions),
    externalId: matchByExternalId(suppressions),
    email: async (ctx, { email, scope = everything }) =>
      idsOf((await findSuppression(ctx, String(email).trim().toLowerCase(), String(scope)))?.id),
  },
  compose: async (_ctx, { id: _id, ...values }, current) => {
    const { email, scope, ...rest } = values
    return current ? rest : { ...rest, email, ...(scope === undefined ? {} : { scope }) }
  },
  apartBy: ['email'],
  list: { spec: suppressionList, read: listSuppressions },
  present: (_ctx, suppression) => suppression,
  flatten: async (_ctx, records) =>
    (records as Suppression[]).map(
      ({ id, externalId, email, scope, reason: why, note }): Row => ({
        id,
        externalId: externalId ?? null,
        email,
        scope,
        reason: why,
        note: note ?? null,
      }),
    ),
}
