import { dateValue } from '../../kernel/cell-values.ts'
import { column } from '../../kernel/transfer-field.ts'

/** The day of the next contact, as lists of customers and of activities name it. */
export const nextContactColumn = column(
  'nextContactOn',
  'Next contact',
  '下次联系',
  dateValue,
  '下次联系日期',
  '下次跟进',
  '下次跟进日期',
  '下次回访',
  'next contact on',
  'next follow up',
  'follow up date',
)
