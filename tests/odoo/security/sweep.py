"""Finds whatever can be called from outside, and calls it as people who may not."""

import inspect

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method

#: Arguments of methods that work on records whatever they are given.
ARGUMENTS = {"write": [{"create_date": "2020-01-01"}], "import_single_file": [b"", {}]}


def our_models(env):
    """Names of all models of the addons that hold records."""
    return sorted(
        name
        for name, model in env.registry.items()
        if name.startswith("pom.") and not model._abstract
    )


def core_models(env):
    """Names of the models of others on which the addons let anybody call something."""
    names = {name for name, _method in public_methods(env)}
    return sorted(names - set(our_models(env)) - {n for n in names if env[n]._abstract})


def public_methods(env):
    """(model, method) for all that the addons let anybody call who has a login."""
    return sorted(
        (name, method)
        for name in env.registry
        for method in _own_names(type(env[name]))
        if not _is_of_no_record(env[name], method) and _is_public(env[name], method)
    )


#: About no record: what is to be made, or the caller's own company (test_setup.py).
OF_NO_RECORD = ("create", "get_empty_list_help")


def _is_of_no_record(model, method):
    """Creating is about no record yet, and mixins have none: see test_records.py."""
    return method in OF_NO_RECORD or method == "write" and model._abstract


def _own_names(registry_class):
    """Names of the functions that the addons' classes define."""
    return {
        name
        for klass in registry_class.mro()
        if klass.__module__.startswith("odoo.addons.pom_")
        for name, value in vars(klass).items()
        if inspect.isfunction(value) and not name.startswith("_")
    }


def _is_public(model, name):
    try:
        return bool(get_public_method(model, name))
    except AccessError:
        return False


def finding(record, user, method, arguments=None):
    """What somebody gets, or does, who may do nothing with this record.

    :param arguments: by name of the parameter, of what works on no record of its own
    :return: '' when nothing, else a sentence
    """
    record.env.invalidate_all()
    cr = record.env.cr
    model = record.env(user=user.id, su=False, context={})[record._name]
    function = getattr(type(model), method)
    args = _arguments(method, function, arguments or {})
    if not getattr(function, "_api_model", False):
        args.insert(0, record.ids)
    savepoint = cr.savepoint()
    before = _rows_written(cr)
    try:
        answer = call_kw(model, method, args, {})
        record.env.flush_all()
        written = _rows_written(cr) - before
    except AccessError:
        return ""
    except Exception as error:
        if isinstance(error, UserError) and model._abstract:
            return f"says {error}, writes 0 rows"
        return f"isn't refused but fails: {type(error).__name__} {error}"
    finally:
        record.env.invalidate_all(flush=False)
        savepoint.close(rollback=True)
    if isinstance(answer, models.BaseModel):
        answer = answer.ids
    return f"answers {answer!r}, writes {written} rows" if answer or written else ""


def _arguments(method, function, known):
    if method in ARGUMENTS:
        return [*ARGUMENTS[method]]
    parameters = list(inspect.signature(function).parameters.values())[1:]
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    wanted = [p for p in parameters if p.kind in plain and p.default is p.empty]
    return [known.get(parameter.name, "") for parameter in wanted]


def _rows_written(cr):
    cr.execute(
        "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"
    )
    return int(cr.fetchone()[0] or 0)
