# One call with python-amazon-sp-api as its documentation shows it: everything comes from the environment.
import json

from sp_api.api import Sellers

print(json.dumps({"payload": Sellers().get_marketplace_participation().payload}))
