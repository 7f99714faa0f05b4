"""Alembic's way in: migrations run on the connection that the register hands over."""

from alembic import context

from kommune3.register.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
