"""What tests of the sweep share with those of the lists: ledgers in a real database."""

from tests.projections.conftest import new_full_place as new_full_place
from tests.projections.conftest import new_place as new_place
from tests.projections.conftest import place as place
