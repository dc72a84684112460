import { textValue } from '../../kernel/cell-values.ts'
import { column, partsOfField } from '../../kernel/transfer-field.ts'
import type { TransferField } from '../../kernel/transfer-kind.ts'
import { customerColumns } from '../../parties/index.ts'

/** The columns by which a document names its customer. */
export const customerOfDocument: TransferField[] = customerColumns('customer', 'Customer', '客户').map((field) =>
  field.name === 'customer.name'
    ? { ...field, spellings: [...(field.spellings ?? []), '购货单位', '购货方', '公司', 'company', 'buyer', 'account'] }
    : field,
)

/** Who sold it. */
export const rep: TransferField[] = partsOfField('salesRepId', [
  column('salesRep.email', 'Sales rep e-mail', '业务员邮箱', textValue, '销售员邮箱'),
  column('salesRep.externalId', 'Sales rep number', '业务员工号', textValue, '业务员编号', 'employee id', 'employee'),
  column('salesRep.name', 'Sales rep', '业务员', textValue, '销售员', '跟单员', '负责人', 'sales person', 'salesperson', 'rep'),
])

/** Where the goods go. */
export const destination: TransferField[] = partsOfField('deliverTo', [
  column('deliverTo.name', 'Deliver to', '收货单位', textValue, '收货方', 'ship to', 'ship name'),
  column('deliverTo.contact', 'Receiver', '收货人', textValue, '收件人', 'recipient'),
  column('deliverTo.phone', 'Receiver phone', '收货电话', textValue, '收货人电话'),
  column('deliverTo.city', 'Ship city', '收货城市', textValue),
  column('deliverTo.line', 'Delivery address', '收货地址', textValue, '送货地址', 'ship address', 'shipping address'),
  column('deliverTo.postalCode', 'Ship postal code', '收货邮编', textValue),
])
