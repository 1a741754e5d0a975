"""A resource as a frame of Spark, on a local cluster of Sail, which needs no Java: `pip install pysail pyspark-client`. With
`SPARK_REMOTE=sc://HOST:PORT` it is one of that server, which has this package installed.

    rest-source demo &
    python python/examples/spark.py
"""

import json
import os
from pathlib import Path

from pyspark.sql import SparkSession
from rest_source.spark import RestSource

remote = os.environ.get("SPARK_REMOTE")
if remote is None:
    os.environ.setdefault("SAIL_MODE", "local-cluster")
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    remote = "sc://127.0.0.1:%d" % server.listening_address[1]

spark = SparkSession.builder.remote(remote).getOrCreate()
spark.dataSource.register(RestSource)

source = (
    spark.read.format("rest_source")
    .option("description", Path(__file__).with_name("payments.yaml").read_text())
    .option("secrets", json.dumps({"access_token": "demo-access-token"}))
)
if "API" in os.environ:
    source = source.option("base_url", os.environ["API"])
payments = source.option("resource", "payments").load()
refunds = source.option("resource", "refunds").load()

payments.printSchema()
payments.groupBy("currency").agg({"amount": "sum", "id": "count"}).orderBy("currency").show()
print(refunds.count(), "refunds")
