"""A file of an import knows what the columns of its table become."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keepwarm", "0002_people_are_found")]

    operations = [
        migrations.AddField(model_name="importfile", name="mapping", field=models.JSONField(default=dict)),
    ]
