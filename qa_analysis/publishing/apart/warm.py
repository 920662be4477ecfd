"""What notebooks and the forms of reports import, imported once in the process that all of them are copies of."""

import gc
import sys
from contextlib import suppress
from importlib import import_module

from qa_analysis.publishing.apart.processes import end_with_parent, free_seldom

NEVER = "debugpy"  # half of a kernel's start, and nobody debugs a run
_COLUMNS = 20  # what pandas shows where it is imported in a notebook, and it looks for one only when it is imported
_ANY_MONTH = "2024-06"  # of whose rules nothing is said
LATE = (  # what the libraries themselves leave until it is needed
    "IPython.core.completerlib",
    "afcharts",
    "click",  # the program that was started is looked at again in each copy
    "fontTools.subset",
    "fontTools.ttLib.ttFont",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipywidgets",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "mistune",
    "nbconvert",
    "pyphen",
    "seaborn",
    "weasyprint.text.fonts",
)


def _import_all() -> None:
    sys.modules[NEVER] = None  # type: ignore[assignment]
    import pandas

    import qa_analysis.month.opening
    import qa_analysis.publishing.apart.kernel  # noqa: F401
    from qa_analysis.forms.pdf.printed import weasyprint_here
    from qa_analysis.measures.catalogue import declared
    from qa_analysis.publishing.rendering import rehearse
    from qa_analysis.reports import reports

    pandas.set_option("display.max_columns", _COLUMNS)
    declared()
    reports()
    weasyprint_here()
    for name in LATE:
        with suppress(ImportError, OSError):  # whoever needs it says what its lack means
            import_module(name)
    with suppress(Exception):  # what is wrong shows where a page for readers is made
        rehearse(_ANY_MONTH)


end_with_parent()  # a copy that computes would keep this process from seeing that the run is gone
_import_all()
gc.collect()
gc.freeze()  # what is there by now is never looked through again, so that copies go on sharing its memory
free_seldom()
