from learning.serving.context import site


def test_demo_is_announced_to_templates(rf, settings):
    settings.DEMO = True
    assert site(rf.get("/")) == {"site_name": "Cascade", "demo": True}


def test_real_installation_is_no_demo(rf):
    assert site(rf.get("/"))["demo"] is False
