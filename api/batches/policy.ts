import { hasRole, type Actor } from '#api/http/actor.ts';

/** What can be done with batches; `give` hands a batch to another owner, or makes one for somebody else. */
export type BatchAction = 'read' | 'create' | 'change' | 'give';

/** Whether the actor may do something with a batch: staff read all, teachers change their own, admins everything. */
export function can(actor: Actor, action: BatchAction, batch?: { readonly ownerId: string }): boolean {
  switch (action) {
    case 'read':
      return hasRole(actor, 'admin', 'teacher', 'proctor');
    case 'create':
      return hasRole(actor, 'admin', 'teacher');
    case 'change':
      return hasRole(actor, 'admin') || (hasRole(actor, 'teacher') && batch?.ownerId === actor.id);
    case 'give':
      return hasRole(actor, 'admin');
  }
}
