"""An image and a video from Replicate, and what they are estimated to cost."""

from redenlab.replicate import ReplicateClient

with ReplicateClient() as client:
    print(f"estimated: ${client.estimate_cost(num_images=1, video_duration=5):.3f}")
    image = client.generate_image("a red sports car in a city of the future")
    print(image["success"], image["prediction_id"])
    video = client.generate_video([image["image_url"]])
    print(video["success"], video["duration_seconds"])

    # Any other model, with its own inputs; its files can be saved.
    for output in client.run("black-forest-labs/flux-schnell", {"prompt": "a red car"}):
        print(output.save("car.webp"))
