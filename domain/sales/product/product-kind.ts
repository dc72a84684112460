import type { RecordKind } from '../../kernel/record-kind.ts'
import { changeProduct, createProduct, deleteProduct, getProduct } from './change-product.ts'
import { ChangeProduct, CreateProduct, type Product } from './product.ts'

export const productKind: RecordKind<Product> = {
  name: 'products',
  noun: 'product',
  Create: CreateProduct,
  Change: ChangeProduct,
  permissions: { read: 'products.read', write: 'products.write', remove: 'products.write' },
  get: getProduct,
  create: createProduct,
  change: changeProduct,
  remove: deleteProduct,
}
